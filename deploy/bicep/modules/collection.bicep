// Container Insights by a data collection rule: all tables, every sample. The portal's default preset leaves Perf, InsightsMetrics
// and KubeNodeInventory out, and most checks say "no data" then.
param location string
param clusterName string
param workspaceId string
param interval string
param auditLog string

resource cluster 'Microsoft.ContainerService/managedClusters@2025-05-01' existing = {
  name: clusterName
}

resource rule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  // The name that Azure's own tools look for.
  name: 'MSCI-${location}-${clusterName}'
  location: location
  kind: 'Linux'
  properties: {
    dataSources: {
      extensions: [
        {
          name: 'ContainerInsightsExtension'
          extensionName: 'ContainerInsights'
          streams: ['Microsoft-ContainerInsights-Group-Default']
          extensionSettings: {
            dataCollectionSettings: {
              interval: interval
              namespaceFilteringMode: 'Off'
              enableContainerLogV2: true
            }
          }
        }
      ]
    }
    destinations: {
      logAnalytics: [
        {
          name: 'ciworkspace'
          workspaceResourceId: workspaceId
        }
      ]
    }
    dataFlows: [
      {
        streams: ['Microsoft-ContainerInsights-Group-Default']
        destinations: ['ciworkspace']
      }
    ]
  }
}

resource association 'Microsoft.Insights/dataCollectionRuleAssociations@2023-03-11' = {
  scope: cluster
  name: 'ContainerInsightsExtension'
  properties: {
    dataCollectionRuleId: rule.id
    description: 'Container Insights. Without it nothing of the cluster is collected.'
  }
}

// What was asked of the API server, for the checks of its audit log; in tables of their own.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (auditLog != 'none') {
  scope: cluster
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        category: auditLog == 'all' ? 'kube-audit' : 'kube-audit-admin'
        enabled: true
      }
    ]
  }
}
